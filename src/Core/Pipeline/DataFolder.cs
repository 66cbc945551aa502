using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SaaS.Analytics.Pipeline;

/// <summary>Data files of an installation (section <c>Data</c>, environment <c>Data__Directory</c>).</summary>
public sealed class DataSettings
{
    public const string Section = "Data";

    /// <summary>
    /// Folder of newer data files, with the paths they have in <c>node_modules</c>; what it lacks comes with the program. A file
    /// that is replaced there is in use within a minute.
    /// </summary>
    public string Directory { get; set; } = "";
}

/// <summary>Finds data files: first in the installation's folder, then among those that came with the program.</summary>
public sealed class DataFolder(IOptions<DataSettings> settings)
{
    /// <summary>Only those that came with the program.</summary>
    public static DataFolder Shipped { get; } = new(Options.Create(new DataSettings()));

    /// <returns>Null where it is nowhere.</returns>
    public string? Find(string name) =>
        settings.Value.Directory is { Length: > 0 } folder && Path.Combine(folder, name) is var path && File.Exists(path) ? path : DataFiles.FindShipped(name);

    /// <param name="path">Path of the file where a setting names one; else empty.</param>
    /// <param name="names">Files to look for otherwise; the first that is there is taken.</param>
    /// <param name="read">Makes the content of a file.</param>
    /// <param name="log">Told of new content and of failures.</param>
    public DataFile<T> Open<T>(string path, IReadOnlyList<string> names, Func<string, T> read, ILogger log) where T : class =>
        new(() => path.Length > 0 ? path : names.Select(Find).FirstOrDefault(f => f is not null), read, log);
}
