using System.Text;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion.Tags;

/// <summary>Published versions beside the spool, so that a collector that starts without PostgreSQL has the tags of its sites.</summary>
sealed class VersionFiles(IOptions<IngestionSettings> options)
{
    public string? Read(int siteId, int number) => File.Exists(Name(siteId, number)) ? File.ReadAllText(Name(siteId, number)) : null;

    public void Write(int siteId, int number, string content)
    {
        PrivateFile.Replace(Name(siteId, number), Encoding.UTF8.GetBytes(content));
        foreach (var older in Directory.EnumerateFiles(Folder, $"{siteId}-*.json").OrderByDescending(File.GetLastWriteTimeUtc).Skip(Kept)) File.Delete(older);
    }

    /// <summary>Versions kept of each site: one for each environment that is likely to be asked for.</summary>
    const int Kept = 6;

    string Folder => Path.Combine(options.Value.SpoolDirectory, "tags");

    string Name(int siteId, int number) => Path.Combine(Folder, $"{siteId}-{number}.json");
}
