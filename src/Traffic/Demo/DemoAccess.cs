using System.Security.Cryptography;
using System.Text.Json;
using SaaS.Analytics.Tenancy;

namespace SaaS.Analytics.Traffic.Demo;

/// <summary>How to get into the demo. The secrets exist here and, hashed, in the database.</summary>
/// <param name="Email">Of the demo's owner.</param>
/// <param name="Password">Random.</param>
/// <param name="Site">Domain of the site.</param>
/// <param name="TrackingId">Its public id.</param>
/// <param name="ApiKey">Key with <c>stats:read</c>.</param>
public sealed record DemoAccess(string Email, string Password, string Site, string TrackingId, string ApiKey)
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Nothing that is mistaken for something else when read aloud.</summary>
    const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    static DemoAccess New() => new(
        DemoTenant.Email, RandomNumberGenerator.GetString(Letters, 16), DemoTenant.Domain, Tenancy.TrackingId.New(), ApiKeyText.New());

    /// <summary>Reads the file, or makes it with new secrets (mode 0600) before anything else knows them.</summary>
    public static async Task<DemoAccess> OpenAsync(string file, CancellationToken cancel)
    {
        if (File.Exists(file))
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync<DemoAccess>(stream, cancellationToken: cancel)
                ?? throw new InvalidDataException($"{file} is empty: delete it to get a new password.");
        }
        var access = New();
        await access.WriteAsync(file, cancel);
        return access;
    }

    async Task WriteAsync(string file, CancellationToken cancel)
    {
        var unfinished = file + ".new";
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        await using (var stream = new FileStream(unfinished, options))
            await JsonSerializer.SerializeAsync(stream, this, cancellationToken: cancel);
        File.Move(unfinished, file, overwrite: true);
    }
}
