using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace SaaS.Analytics.Portal.Layout;

/// <summary>The browser files that esbuild made, held in the assembly; served with a hash in the address and cached for ever.</summary>
public sealed class BuiltFiles
{
    const string Folder = "built/";
    readonly FrozenDictionary<string, BuiltFile> files = Load().ToFrozenDictionary(f => f.Name);

    /// <exception cref="ArgumentException">There is no such file in <c>Assets</c>.</exception>
    public string Url(string name) => Find(name) is { } file
        ? $"/built/{name}?v={file.Hash}"
        : throw new ArgumentException($"Assets has no file that builds {name}.", nameof(name));

    public BuiltFile? Find(string name) => files.GetValueOrDefault(name);

    static IEnumerable<BuiltFile> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            yield return new BuiltFile(resource[Folder.Length..], bytes.ToArray());
        }
    }
}

public sealed class BuiltFile(string name, byte[] bytes)
{
    readonly Lazy<byte[]> brotli = new(() => Brotli(bytes));

    public string Name => name;
    public byte[] Bytes => bytes;
    public byte[] Compressed => brotli.Value;
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];

    public string ContentType => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".map" => "application/json",
        _ => "application/octet-stream",
    };

    static byte[] Brotli(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.Optimal)) brotli.Write(bytes);
        return target.ToArray();
    }
}
