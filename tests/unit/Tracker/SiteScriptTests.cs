using System.Text;
using System.Text.Json;
using SaaS.Analytics.Tracker;

namespace SaaS.Analytics.Tests.Tracker;

public class SiteScriptTests
{
    const string TrackingId = "st_0123456789abcdef";

    [Fact]
    public void The_script_calls_the_runtime_with_the_sites_settings()
    {
        var settings = Argument(new SiteScriptSettings(TrackingId)
        {
            ConsentedByDefault = true,
            VisitTimeoutMinutes = 45,
            OwnHosts = ["example.com", "shop.example.org"],
            FormSubmits = false,
            HashRouting = true,
        });

        Assert.Equal(TrackingId, settings.GetProperty("id").GetString());
        Assert.True(settings.GetProperty("consented").GetBoolean());
        Assert.Equal(45, settings.GetProperty("timeout").GetInt32());
        Assert.Equal(["example.com", "shop.example.org"], settings.GetProperty("hosts").EnumerateArray().Select(host => host.GetString()));
        Assert.False(settings.TryGetProperty("forms", out _));
        Assert.True(settings.GetProperty("pageviews").GetBoolean());
        Assert.True(settings.GetProperty("hash").GetBoolean());
    }

    [Fact]
    public void Every_setting_the_runtime_reads_is_written()
    {
        var source = File.ReadAllText(Path.Combine(Repository(), "src/Tracker/browser/site.ts"));
        var declared = source.Split('\n').Select(line => line.Trim())
            .Where(line => line.EndsWith(';') && !line.StartsWith("declare", StringComparison.Ordinal))
            .Select(line => line.Split(": ")).Where(parts => parts.Length == 2).Select(parts => parts[0].TrimEnd('?'));

        var everything = new SiteScriptSettings(TrackingId)
        {
            ConsentedByDefault = true,
            NotFound = true,
            HashRouting = true,
        };
        var written = Argument(everything).EnumerateObject().Select(property => property.Name);

        Assert.Equal(declared.Order(), written.Order());
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--<script>")]
    [InlineData("\");alert(1);(\"")]
    [InlineData("a\u2028b\u2029c")]
    [InlineData("münchen.example\0\n\\")]
    public void A_hostile_setting_stays_a_string(string hostile)
    {
        var script = Render(new SiteScriptSettings(hostile) { OwnHosts = [hostile] });
        var settings = Argument(script);

        Assert.Equal(hostile, settings.GetProperty("id").GetString());
        Assert.Equal(hostile, settings.GetProperty("hosts")[0].GetString());
        Assert.DoesNotContain("</script", script, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<!--", script, StringComparison.Ordinal);
        Assert.All(script, character => Assert.True(character < 0x7f));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(30, 30)]
    [InlineData(9999, 240)]
    public void The_visit_time_out_stays_in_its_bounds(int minutes, int written)
    {
        var settings = Argument(new SiteScriptSettings(TrackingId) { VisitTimeoutMinutes = minutes });
        Assert.Equal(written, settings.GetProperty("timeout").GetInt32());
    }

    [Fact]
    public void The_entity_tag_is_strong_and_changes_with_the_script()
    {
        var script = SiteScript.Render(new SiteScriptSettings(TrackingId));
        var other = SiteScript.Render(new SiteScriptSettings(TrackingId) { OutboundLinks = false });

        Assert.Matches("^\"[0-9a-f]{32}\"$", SiteScript.ETag(script));
        Assert.Equal(SiteScript.ETag(script), SiteScript.ETag(SiteScript.Render(new SiteScriptSettings(TrackingId))));
        Assert.NotEqual(SiteScript.ETag(script), SiteScript.ETag(other));
    }

    static string Render(SiteScriptSettings settings) => Encoding.UTF8.GetString(SiteScript.Render(settings));

    static JsonElement Argument(SiteScriptSettings settings) => Argument(Render(settings));

    static JsonElement Argument(string script)
    {
        Assert.StartsWith("(function($site){", script, StringComparison.Ordinal);
        var start = script.LastIndexOf("})(", StringComparison.Ordinal) + 3;
        return JsonSerializer.Deserialize<JsonElement>(script[start..script.LastIndexOf(')')]);
    }

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "SaaS.Analytics.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}
