using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>This collector's id: part of its queue's name, so it must outlive a restart together with the spool.</summary>
sealed class CollectorName
{
    const int RandomCharacters = 12;

    public CollectorName(IOptions<IngestionSettings> options) =>
        Id = options.Value.CollectorId is { Length: > 0 } id ? id : Kept(options.Value.SpoolDirectory);

    public string Id { get; }

    static string Kept(string directory)
    {
        var file = Path.Combine(Directory.CreateDirectory(directory).FullName, "collector-id");
        if (!File.Exists(file)) File.WriteAllText(file, RandomNumberGenerator.GetHexString(RandomCharacters, lowercase: true));
        return File.ReadAllText(file).Trim();
    }
}
