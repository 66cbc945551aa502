using SaaS.Analytics.Portal.Tags;
using SaaS.Analytics.Tags;

namespace SaaS.Analytics.Tests.Portal.Tags;

/// <summary>One mistake in what people write would stop all of a site's script.</summary>
public sealed class CodeCheckTests
{
    [Theory]
    [InlineData("var a; a ??= 1")]
    [InlineData("class A { x = 1 }")]
    [InlineData("class A { static { } }")]
    [InlineData("var n = 1_000")]
    [InlineData("var r = /a/v")]
    public void JavaScript_that_older_browsers_do_not_know_is_refused(string code)
    {
        Assert.Contains("of after 2020", CodeCheck.Statements(code));
        Assert.Contains("of after 2020", CodeCheck.Function($"function () {{ {code} }}"));
    }

    [Theory]
    [InlineData("var a = window.b?.c ?? 10n")]
    [InlineData("(async () => { for await (const x of y()) f(...x, {...x}) })()")]
    public void JavaScript_that_they_know_is_taken(string code) => Assert.Null(CodeCheck.Statements(code));

    [Fact]
    public void What_is_no_JavaScript_at_all_is_not_called_new() => Assert.DoesNotContain("2020", CodeCheck.Statements("var = 1"));

    [Theory]
    [InlineData("(a+)+$")]
    [InlineData("((a+))+$")]
    [InlineData("(a|aa)+$")]
    [InlineData("(a|a)*b")]
    [InlineData(@"^(\w|\d)+$")]
    [InlineData("^([a-z]|[a-f])*/$")]
    public void Expressions_that_may_take_for_ever_are_refused(string pattern) => Assert.Contains("may take for ever", CodeCheck.Regex(pattern));

    [Theory]
    [InlineData("^/shop(/|$)")]
    [InlineData(@"^https?://(www\.)?example\.com/.*\.pdf$")]
    [InlineData("utm_(source|medium)=[^&]+")]
    [InlineData("^(de|en)(-[A-Z]{2})?$")]
    [InlineData(@"^\d+,\d+$")]
    [InlineData(@"[|a-z]+|b\|c")]
    public void Usual_expressions_are_taken(string pattern) => Assert.Null(CodeCheck.Regex(pattern));

    [Fact]
    public void A_custom_events_name_and_conditions_are_checked_wherever_they_come_from()
    {
        var trigger = new ItemContent(ItemSort.Trigger, 1, "custom", "T") { Settings = new() { ["name"] = "(a|aa)+$" } };
        Assert.Empty(ContentCheck.Problems(new([trigger], new())));
        trigger.Settings["regex"] = true;
        Assert.Contains("may take for ever", Assert.Single(ContentCheck.Problems(new([trigger], new()))));
        var condition = new ItemContent(ItemSort.Trigger, 1, "click", "T") { Options = new() { When = [new("Page Path", "regex", "(a|aa)+$")] } };
        Assert.Contains("may take for ever", Assert.Single(ContentCheck.Problems(new([condition], new()))));
        Assert.Contains("Choose how to compare", Assert.Single(ContentCheck.Problems(new([condition with { Options = new() { When = [new("Page Path", "is", "x")] } }], new()))));
    }
}
