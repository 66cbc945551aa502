using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>
/// The daily salts in memory, and sealed beside the spool. Where PostgreSQL has not agreed to a day's salt yet, this
/// collector's own offer serves.
/// </summary>
sealed class Salts(SaltKeys keys, IOptions<IngestionSettings> options, ILogger<Salts> log)
{
    volatile ImmutableSortedDictionary<DateOnly, byte[]> opened = ImmutableSortedDictionary<DateOnly, byte[]>.Empty;
    readonly Dictionary<DateOnly, byte[]> sealedSalts = [];
    readonly Lock gate = new();

    string File => Path.Combine(options.Value.SpoolDirectory, "salts.json");

    /// <returns>The salt of a UTC day, or null once it is destroyed.</returns>
    public byte[]? Of(DateOnly day) => opened.GetValueOrDefault(day);

    /// <summary>What an earlier process of this collector knew.</summary>
    public void Load()
    {
        if (!System.IO.File.Exists(File)) return;
        try
        {
            var kept = JsonSerializer.Deserialize<Dictionary<DateOnly, byte[]>>(System.IO.File.ReadAllBytes(File)) ?? [];
            foreach (var (day, box) in kept) Keep(day, box);
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            log.LogWarning(e, "The kept salts {File} are unreadable; agreeing on them anew.", File);
        }
    }

    /// <summary>The day's sealed salt; a new one is made where there is none.</summary>
    public byte[] Offer(DateOnly day)
    {
        lock (gate)
        {
            if (!sealedSalts.TryGetValue(day, out var box)) Keep(day, box = keys.Seal(day, RandomNumberGenerator.GetBytes(SipHash.KeyBytes)));
            return box;
        }
    }

    /// <summary>Takes over what the collectors agreed on.</summary>
    public void Keep(DateOnly day, byte[] box)
    {
        lock (gate)
        {
            if (sealedSalts.TryGetValue(day, out var known) && known.AsSpan().SequenceEqual(box)) return;
            opened = opened.SetItem(day, keys.Open(day, box));
            sealedSalts[day] = box;
            PrivateFile.Replace(File, JsonSerializer.SerializeToUtf8Bytes(sealedSalts));
        }
    }

    public void DestroyBefore(DateOnly day)
    {
        lock (gate)
        {
            keys.DestroyBefore(day);
            if (!sealedSalts.Keys.Any(d => d < day)) return;
            opened = opened.RemoveRange(opened.Keys.Where(d => d < day));
            foreach (var old in sealedSalts.Keys.Where(d => d < day).ToList()) sealedSalts.Remove(old);
            PrivateFile.Replace(File, JsonSerializer.SerializeToUtf8Bytes(sealedSalts));
        }
    }
}
