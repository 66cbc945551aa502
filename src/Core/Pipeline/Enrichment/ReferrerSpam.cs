using System.Text.Json;
using System.Text.RegularExpressions;

namespace SaaS.Analytics.Pipeline.Enrichment;

/// <summary>
/// Hosts that send invented referrers to be looked up: those of <c>referrer-spam.json</c>, names built like theirs, and a
/// public list where the installation keeps one.
/// </summary>
public sealed class ReferrerSpam
{
    readonly HashSet<string> hosts;
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly Regex words;

    ReferrerSpam(IEnumerable<string> hosts, IEnumerable<string> words)
    {
        this.hosts = hosts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        lookup = this.hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        this.words = new Regex(string.Join('|', words), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
    }

    /// <param name="publicList">Path of a list with a host on each line (<see cref="DataFiles.ReferrerSpam"/>); null: there is none.</param>
    public static ReferrerSpam Load(string? publicList = null)
    {
        using var stream = typeof(ReferrerSpam).Assembly.GetManifestResourceStream("referrer-spam.json")!;
        var own = JsonSerializer.Deserialize<Lists>(stream, JsonSerializerOptions.Web)!;
        var more = publicList is null ? [] : File.ReadLines(publicList).Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#');
        return new ReferrerSpam([.. own.Hosts, .. more], own.Words);
    }

    /// <param name="host">Lower case. It and its parents are looked up whole: <c>x.com</c> is not <c>netflix.com</c>.</param>
    public bool Contains(string host)
    {
        if (host.Length == 0)
            return false;
        for (var rest = host.AsSpan(); rest.Length > 0; rest = Parent(rest))
            if (lookup.Contains(rest))
                return true;
        return words.IsMatch(host);
    }

    static ReadOnlySpan<char> Parent(ReadOnlySpan<char> host) => host.IndexOf('.') is var dot and >= 0 ? host[(dot + 1)..] : [];

    sealed record Lists(string[] Hosts, string[] Words);
}
