using System.Globalization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>
/// <c>&lt;field for="Email" label="E-mail" type="email" /&gt;</c>: label, input, hint and error, tied together for screen
/// readers. Other attributes go to the input; child content takes the input's place.
/// </summary>
[HtmlTargetElement("field", Attributes = "for,label")]
public sealed class FieldTagHelper : TagHelper
{
    public required ModelExpression For { get; set; }
    public required string Label { get; set; }
    public string? Hint { get; set; }

    [HtmlAttributeNotBound, ViewContext] public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var id = TagBuilder.CreateSanitizedId(For.Name, "_");
        var error = Error();
        var children = await output.GetChildContentAsync();
        var control = children.IsEmptyOrWhiteSpace ? Input(output, id, error) : null;
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml(Text("label", Label, ("for", id)));
        if (control is null) output.Content.AppendHtml(children);
        else output.Content.AppendHtml(control);
        if (Hint is not null) output.Content.AppendHtml(Text("p", Hint, ("class", "field-hint"), ("id", id + "-hint")));
        output.Content.AppendHtml(Text("p", error ?? "", ("class", "field-error"), ("id", id + "-error")));
    }

    TagBuilder Input(TagHelperOutput output, string id, string? error)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        foreach (var attribute in output.Attributes) input.Attributes[attribute.Name] = attribute.Value?.ToString();
        input.Attributes["id"] = id;
        input.Attributes["name"] = For.Name;
        input.Attributes.TryAdd("type", "text");
        if (input.Attributes["type"] != "password") input.Attributes["value"] = Value();
        if (error is not null) input.Attributes["aria-invalid"] = "true";
        var described = $"{(Hint is null ? "" : id + "-hint ")}{(error is null ? "" : id + "-error")}".Trim();
        if (described.Length > 0) input.Attributes["aria-describedby"] = described;
        return input;
    }

    string Value() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) && entry.AttemptedValue is { } typed
        ? typed : Convert.ToString(For.Model, CultureInfo.InvariantCulture) ?? "";

    string? Error() => ViewContext.ModelState.TryGetValue(For.Name, out var entry) && entry.Errors.Count > 0
        ? entry.Errors[0].ErrorMessage : null;

    static TagBuilder Text(string tag, string text, params (string Name, string Value)[] attributes)
    {
        var element = new TagBuilder(tag);
        foreach (var (name, value) in attributes) element.Attributes[name] = value;
        element.InnerHtml.Append(text);
        return element;
    }
}
