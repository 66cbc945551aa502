using Microsoft.AspNetCore.Html;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Portal.Tags;

/// <summary>A piece of a sentence; strong pieces are names.</summary>
public sealed record Piece(string Text, bool Strong = false);

/// <summary>What an item does, in a sentence.</summary>
public static class TagWords
{
    public static IReadOnlyList<Piece> Summary(ItemContent item, ContainerContent content) => item.Sort switch
    {
        ItemSort.Tag => Tag(item, content),
        ItemSort.Trigger => Trigger(item),
        _ => [new("Gives "), new(Kind(item), true), new(item.Options.Default.Length > 0 ? $", or “{item.Options.Default}” where there is none." : ".")],
    };

    /// <summary>The sentence with its names set off.</summary>
    public static IHtmlContent Html(IEnumerable<Piece> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var piece in pieces)
            if (piece.Strong) html.AppendHtml("<strong>").Append(piece.Text).AppendHtml("</strong>");
            else html.Append(piece.Text);
        return html;
    }

    public static string Kind(ItemContent item) => ItemKinds.Find(item.Sort, item.Kind)?.Name ?? item.Kind;

    public static string TriggerName(int number, ContainerContent content) =>
        TriggerKinds.BuiltIn.Concat(content.Of(ItemSort.Trigger)).FirstOrDefault(t => t.Number == number)?.Name ?? "a trigger that is gone";

    public static string Of(Comparison comparison) =>
        $"{comparison.Variable} {Operator(comparison)} “{comparison.Value}”";

    static List<Piece> Tag(ItemContent tag, ContainerContent content)
    {
        var options = tag.Options;
        if (tag.Paused) return [new("Paused: it does not fire.")];
        if (options.On.Length == 0) return [new("Does not fire by itself: no trigger is chosen.")];
        List<Piece> pieces = [new("Fires on ")];
        Names(pieces, options.On.Select(n => TriggerName(n, content)), "or");
        pieces.Add(new(Limit(options.Limit)));
        if (options.Needs.Length > 0)
        {
            pieces.Add(new(" when consent to "));
            Names(pieces, options.Needs, "and");
            pieces.Add(new(" is given"));
        }
        foreach (var comparison in options.When) pieces.AddRange([new(", if "), new(Of(comparison), true)]);
        if (options.Not.Length > 0)
        {
            pieces.Add(new(", but not on "));
            Names(pieces, options.Not.Select(n => TriggerName(n, content)), "or");
        }
        if (options.Delay > 0) pieces.Add(new($", {options.Delay:N0} ms later"));
        pieces.Add(new("."));
        return pieces;
    }

    static List<Piece> Trigger(ItemContent trigger)
    {
        List<Piece> pieces = [new("Fires on "), new(Kind(trigger), true)];
        foreach (var (comparison, first) in trigger.Options.When.Select((c, i) => (c, i == 0))) pieces.AddRange([new(first ? ", when " : " and "), new(Of(comparison), true)]);
        pieces.Add(new("."));
        return pieces;
    }

    static void Names(List<Piece> pieces, IEnumerable<string> names, string last)
    {
        var all = names.ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            if (i > 0) pieces.Add(new(i == all.Length - 1 ? $" {last} " : ", "));
            pieces.Add(new(all[i], true));
        }
    }

    static string Limit(string limit) => limit switch
    {
        FireLimits.Unlimited => "", "" or FireLimits.Event => " once per event", FireLimits.Page => " once per page",
        "day" => " once in 24 hours", _ => " once in a visitor's lifetime",
    };

    static string Operator(Comparison comparison)
    {
        var words = Comparisons.All.FirstOrDefault(c => c.Key == comparison.Operator).Name ?? comparison.Operator;
        return !comparison.Not ? words : words.StartsWith("is", StringComparison.Ordinal) ? "is not" + words[2..] : "not " + words;
    }
}
