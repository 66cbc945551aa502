using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Ingestion;

/// <summary>The files <c>2026-11-22.key</c> that encrypt the daily salts. Deleting one destroys its salt wherever its row was copied to.</summary>
sealed class SaltKeys(IOptions<IngestionSettings> options)
{
    const int KeyBytes = 32;
    const int NonceBytes = 12;
    const int TagBytes = 16;
    string Folder => options.Value.SaltKeyDirectory;

    public byte[] Seal(DateOnly day, byte[] salt)
    {
        var box = new byte[NonceBytes + salt.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(MadeKey(day), TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), salt, box.AsSpan(NonceBytes, salt.Length), box.AsSpan(NonceBytes + salt.Length));
        return box;
    }

    /// <exception cref="CryptographicException">The key directory is not the one the salt was made with.</exception>
    public byte[] Open(DateOnly day, ReadOnlySpan<byte> box)
    {
        var salt = new byte[SipHash.KeyBytes];
        if (box.Length != NonceBytes + salt.Length + TagBytes) throw new CryptographicException("A sealed salt has the wrong length.");
        using var cipher = new AesGcm(Key(day), TagBytes);
        cipher.Decrypt(box[..NonceBytes], box.Slice(NonceBytes, salt.Length), box[(NonceBytes + salt.Length)..], salt);
        return salt;
    }

    public void DestroyBefore(DateOnly day)
    {
        Directory.CreateDirectory(Folder);
        foreach (var file in Directory.EnumerateFiles(Folder, "*.key"))
            if (DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(file), "yyyy-MM-dd", out var of) && of < day) File.Delete(file);
    }

    /// <summary>Made by the first collector that needs it; the others find it.</summary>
    byte[] MadeKey(DateOnly day)
    {
        Directory.CreateDirectory(Folder);
        if (!File.Exists(PathOf(day))) PrivateFile.TryCreate(PathOf(day), RandomNumberGenerator.GetBytes(KeyBytes));
        return Key(day);
    }

    byte[] Key(DateOnly day) => File.Exists(PathOf(day))
        ? File.ReadAllBytes(PathOf(day))
        : throw new CryptographicException($"The key {PathOf(day)} is missing: all collectors must share this directory (setting Ingestion:SaltKeyDirectory).");

    string PathOf(DateOnly day) => Path.Combine(Folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".key");
}
