using System.Text.Json;
using Microsoft.Extensions.Options;
using SaaS.Analytics.Alerts;

namespace SaaS.Analytics.Tests.Alerts;

/// <summary>What Slack, Microsoft Teams and PagerDuty are sent is what their documentation asks for, whatever visitors have written.</summary>
public sealed class AlertBodyTests
{
    const string Evil = "<!channel> [win](https://evil.example) *bold* <https://evil.example|you> \u202Eabc";
    static readonly AlertMessages Messages = new(Options.Create(new PortalAddress { PublicUrl = "https://portal.example" }));

    [Fact]
    public void Slack_gets_blocks_of_plain_text_within_its_limits()
    {
        var body = Body(TargetKinds.Slack);
        var text = body.GetProperty("text").GetString()!;
        Assert.DoesNotContain("<", text);
        Assert.Contains("&lt;!channel&gt;", text);
        var blocks = body.GetProperty("blocks").EnumerateArray().ToList();
        Assert.Equal(["header", "section", "section", "actions", "context"], blocks.Select(Type));
        Assert.InRange(blocks.Count, 1, 50);
        Assert.InRange(blocks[0].GetProperty("text").GetProperty("text").GetString()!.Length, 1, 150);
        foreach (var section in blocks.Where(b => Type(b) == "section"))
            Assert.InRange(section.GetProperty("fields").GetArrayLength(), 1, 10);
        foreach (var plain in Objects(body).Where(o => o.TryGetProperty("emoji", out _)))
            Assert.Equal(("plain_text", true), (Type(plain), plain.GetProperty("text").GetString()!.Length is > 0 and <= 2000));
        Assert.DoesNotContain(Objects(body), o => o.TryGetProperty("type", out var type) && type.GetString() == "mrkdwn");
        Assert.Equal("https://portal.example/sites/shop.example/visits/000000000000002a?alert=" + Alert.Id, blocks[3].GetProperty("elements")[0].GetProperty("url").GetString());
    }

    [Fact]
    public void Teams_gets_an_adaptive_card_of_text_in_which_nothing_is_a_mark()
    {
        var attachment = Body(TargetKinds.Teams).GetProperty("attachments")[0];
        Assert.Equal("application/vnd.microsoft.card.adaptive", attachment.GetProperty("contentType").GetString());
        var card = attachment.GetProperty("content");
        Assert.Equal(("AdaptiveCard", "1.4"), (Type(card), card.GetProperty("version").GetString()));
        foreach (var line in card.GetProperty("body").EnumerateArray())
        {
            Assert.Equal("RichTextBlock", Type(line));
            foreach (var run in line.GetProperty("inlines").EnumerateArray())
            {
                Assert.Equal("TextRun", Type(run));
                Assert.Contains(run.GetProperty("weight").GetString(), (string[])["Default", "Bolder"]);
                Assert.Contains(run.GetProperty("size").GetString(), (string[])["Default", "Small", "Large"]);
                Assert.NotEmpty(run.GetProperty("text").GetString()!);
            }
        }
        var action = Assert.Single(card.GetProperty("actions").EnumerateArray());
        Assert.Equal("Action.OpenUrl", Type(action));
        Assert.StartsWith("https://portal.example/", action.GetProperty("url").GetString());
    }

    [Fact]
    public void PagerDuty_gets_an_event_and_what_follows_has_the_same_key()
    {
        var body = Body(TargetKinds.PagerDuty);
        Assert.Equal(("KEY", "trigger"), (body.GetProperty("routing_key").GetString(), body.GetProperty("event_action").GetString()));
        var payload = body.GetProperty("payload");
        Assert.InRange(payload.GetProperty("summary").GetString()!.Length, 1, 1024);
        Assert.Contains(payload.GetProperty("severity").GetString(), (string[])["critical", "error", "warning", "info"]);
        Assert.Equal("shop.example", payload.GetProperty("source").GetString());
        Assert.Equal(Alert.OpenedAt, payload.GetProperty("timestamp").GetDateTime());
        Assert.Equal(JsonValueKind.Object, payload.GetProperty("custom_details").ValueKind);
        var key = body.GetProperty("dedup_key").GetString()!;
        Assert.InRange(key.Length, 1, 255);
        foreach (var (state, action) in ((string, string)[])[(AlertStates.Resolved, "resolve"), (AlertStates.Acknowledged, "acknowledge")])
        {
            var follow = JsonDocument.Parse(PagerDutyEvent.Follow(Alert.Id, state, "KEY")!).RootElement;
            Assert.Equal((action, key, "KEY"), (follow.GetProperty("event_action").GetString(), follow.GetProperty("dedup_key").GetString(), follow.GetProperty("routing_key").GetString()));
        }
        Assert.Null(PagerDutyEvent.Follow(Alert.Id, AlertStates.Muted, "KEY"));
    }

    [Fact]
    public void A_mail_has_no_links_but_to_the_visit_and_the_end_of_such_mails_and_nothing_of_a_visitor_is_markup()
    {
        var target = new AlertTarget { TenantId = Rule.TenantId, Kind = TargetKinds.Mail, Address = "a@example.com", Token = "TOKEN", CreatedAt = DateTime.UnixEpoch };
        var evil = Visit with { Visit = Visit.Visit with { Traits = [new("name", "<b>Ada</b> " + Evil), new("company", "<a href=\"https://evil.example\">x</a>")], Campaign = "<img src=x>" } };
        var alert = new Alert
        {
            Id = Alert.Id, TenantId = Rule.TenantId, SiteId = 1, RuleId = Rule.Id, RuleName = Rule.Name, Kind = Rule.Kind, Severity = "info", State = AlertStates.Open,
            Title = AlertWords.Title(Rule.Kind, evil, "Shop"), Facts = JsonSerializer.Serialize(evil), OpenedAt = Visit.At, ChangedAt = Visit.At, VisitId = 42,
        };
        var mail = Messages.Mail(new FiringRule(Rule, AlertSettings.Read(Rule.Settings), "shop.example", "Shop", "Europe/Berlin"), alert, new AlertReceiver(target, target.Address), Guid.NewGuid(), Visit.At);
        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(mail.Html);
        Assert.Equal([$"https://portal.example/sites/shop.example/visits/000000000000002a?alert={alert.Id}", $"https://portal.example/alerts/stop?token=TOKEN&rule={Rule.Id}"],
            html.QuerySelectorAll("[href], [src]").Select(a => a.GetAttribute("href") ?? a.GetAttribute("src")));
        Assert.Empty(html.QuerySelectorAll("b, img, script"));
        Assert.Equal("light dark", html.QuerySelector("meta[name=color-scheme]")!.GetAttribute("content"));
        Assert.Contains("<b>Ada<\u2060/\u2060b>", html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(html.QuerySelectorAll("a")[^1].GetAttribute("href"), mail.UnsubscribeUrl);
        foreach (var text in (string[])[mail.Text, html.Body.TextContent]) Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
    }

    static readonly VisitAlert Visit = new([], new VisitFacts
    {
        SiteId = 1, VisitId = 42, VisitorId = 7, Start = new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc), Number = 3, PreviousEnd = new DateTime(2026, 2, 20, 10, 0, 0, DateTimeKind.Utc),
        FirstSeen = new DateTime(2026, 1, 1, 10, 0, 0, DateTimeKind.Utc), UserId = "ada@acme.example", Traits = [new("name", Evil), new("company", Evil), new("Visit", "like a fact")],
        Page = "/pricing", Source = "Google", Channel = "Organic Search", Campaign = "spring", Country = "DE", City = "Berlin", Device = "Chrome, Linux",
    }, "pageview", "/pricing", new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 10, 0, 1, DateTimeKind.Utc));

    static readonly AlertRule Rule = new()
    {
        TenantId = Guid.NewGuid(), SiteId = 1, Name = "Back", Kind = AlertKinds.Returning.Key, Settings = """{"severity":"warning"}""", CreatedAt = DateTime.UnixEpoch,
    };

    static readonly Alert Alert = new()
    {
        Id = Guid.NewGuid(), TenantId = Rule.TenantId, SiteId = 1, RuleId = Rule.Id, RuleName = Rule.Name, Kind = Rule.Kind, Severity = "warning", State = AlertStates.Open,
        Title = AlertWords.Title(Rule.Kind, Visit, "Shop"), Facts = JsonSerializer.Serialize(Visit), OpenedAt = Visit.At, ChangedAt = Visit.At, VisitId = 42,
    };

    static JsonElement Body(string kind)
    {
        var target = new AlertTarget { TenantId = Rule.TenantId, Kind = kind, Secret = "KEY", Token = "", CreatedAt = DateTime.UnixEpoch };
        var text = Messages.Body(new FiringRule(Rule, AlertSettings.Read(Rule.Settings), "shop.example", "Shop", "Europe/Berlin"), Alert, target);
        Assert.DoesNotContain("https://evil.example", JsonDocument.Parse(text).RootElement.ToString());
        return JsonDocument.Parse(text).RootElement;
    }

    static string? Type(JsonElement element) => element.GetProperty("type").GetString();

    static IEnumerable<JsonElement> Objects(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Objects(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Objects),
        _ => [],
    };
}
