using System.Text;
using System.Text.Json;

namespace SaaS.Analytics.Tracker;

/// <summary>The tag manager's part of a site's script: the runtime, the container, and what of templates and listeners it uses.</summary>
public static class TagScript
{
    static readonly Bundle Built = Load();

    /// <summary>Names of all templates (<c>t:</c>) and listeners (<c>on:</c>) that can be asked for.</summary>
    public static IReadOnlyCollection<string> Pieces => Built.Code.Keys;

    /// <summary>A published version, as UTF-8.</summary>
    /// <param name="container">JSON, escaped so that it may stand inside a script element.</param>
    /// <param name="pieces">Names of templates and listeners.</param>
    /// <param name="code">The customer's own functions, by the names under which the runtime looks for them.</param>
    public static byte[] Render(string container, IEnumerable<string> pieces, IReadOnlyDictionary<string, string> code) =>
        Write(Built.Runtime, container, pieces, code);

    /// <summary>A draft or version with the panel that shows what it does.</summary>
    public static byte[] Preview(string container, IEnumerable<string> pieces, IReadOnlyDictionary<string, string> code) =>
        Write(Built.Preview, container, pieces, code);

    /// <summary>For a site without a published version: nothing but the door to the preview.</summary>
    public static byte[] Waiting(string container) => Write(Built.Waiting, container, [], new Dictionary<string, string>());

    static byte[] Write(string runtime, string container, IEnumerable<string> pieces, IReadOnlyDictionary<string, string> code)
    {
        var parts = pieces.Where(Built.Code.ContainsKey).Select(p => (Name: p, Text: Built.Code[p])).Concat(code.Select(c => (Name: c.Key, Text: c.Value)));
        var text = new StringBuilder("(function($tags,$code){").Append(runtime).Append("})(").Append(container).Append(",{");
        text.AppendJoin(',', parts.Select(p => $"{JsonSerializer.Serialize(p.Name)}:{p.Text}"));
        return Encoding.UTF8.GetBytes(text.Append("});\n").ToString());
    }

    static Bundle Load()
    {
        using var resource = typeof(TagScript).Assembly.GetManifestResourceStream("tags.json")!;
        return JsonSerializer.Deserialize<Bundle>(resource, JsonSerializerOptions.Web)!;
    }

    sealed record Bundle(string Runtime, string Waiting, string Preview, Dictionary<string, string> Code);
}
