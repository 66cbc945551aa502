using SaaS.Analytics.Ads;
using SaaS.Analytics.Portal.Pages.Sites.Reports;
using SaaS.Analytics.Portal.Sites.Ads;

namespace SaaS.Analytics.Tests.Portal.Reports;

public sealed class CampaignTests
{
    [Fact]
    public void Costs_are_divided_by_what_they_bought()
    {
        // 200 EUR bought 80 clicks, of which 50 visitors came in 60 visits, 4 converted and spent 500 EUR.
        var row = new CampaignRow("spring", Visitors: 50, Visits: 60, BounceRate: 40, Converters: 4, Revenue: 500, Cost: 200, Clicks: 80);
        Assert.Equal(8, row.ConversionRate);
        Assert.Equal(2.5, row.CostPerClick);
        Assert.Equal(50, row.CostPerAcquisition);
        Assert.Equal(2.5, row.ReturnOnSpend);
        Assert.Equal(200.0 / 60, (row with { Clicks = null }).CostPerClick);
    }

    [Fact]
    public void Nothing_is_divided_by_nothing()
    {
        var row = new CampaignRow("new", 0, 0, null, 0, 0, Cost: 10, Clicks: 0);
        Assert.Null(row.ConversionRate);
        Assert.Null(row.CostPerClick);
        Assert.Null(row.CostPerAcquisition);
        Assert.Equal(0, row.ReturnOnSpend);
        Assert.Null((row with { Cost = 0 }).ReturnOnSpend);
        Assert.Null((row with { Cost = null }).ReturnOnSpend);
    }

    [Fact]
    public void A_file_is_read_with_the_names_that_advertisers_use()
    {
        var (lines, errors) = AdCostCsv.Parse(new StringReader("\uFEFFDay,Campaign name,Spend,Clicks,utm_source\n2026-11-01,\"Spring, early\",\"1,234.50\",10,google\n2026-11-02,Spring,0.5,,google\n"), "EUR");
        Assert.Empty(errors);
        Assert.Equal(
        [
            new(new(2026, 11, 1), "google", "", "Spring, early", "", 1234.50m, "EUR", 10, null),
            new(new(2026, 11, 2), "google", "", "Spring", "", 0.5m, "EUR", null, null),
        ], lines);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("date,cost\n2026-11-01,1", "There is no column “campaign”.")]
    [InlineData("date,campaign,cost\n", "There is no line below the names.")]
    [InlineData("date,campaign,cost\n01.11.2026,a,1", "Line 2: “01.11.2026” is no date like 2026-11-30.")]
    [InlineData("date,campaign,cost\n2026-11-01,a,lots", "Line 2: “lots” is no amount like 12.50.")]
    [InlineData("date,campaign,cost\n2026-11-01,a,-1", "Line 2: “-1” is no amount like 12.50.")]
    [InlineData("date,campaign,cost,clicks\n2026-11-01,a,1,many", "Line 2: Clicks and impressions are whole numbers or empty.")]
    [InlineData("date,campaign,cost,currency\n2026-11-01,a,1,Euro", "Line 2: “EURO” is no currency like EUR.")]
    [InlineData("date,campaign,cost\n2026-11-01,\"a,1", "a quotation mark is open")]
    public void What_is_wrong_is_named_with_its_line(string file, string error)
    {
        var (lines, errors) = AdCostCsv.Parse(new StringReader(file), "EUR");
        Assert.Contains(error, string.Join('\n', errors));
        Assert.True(lines.Count == 0 || errors.Count > 0);
    }

    [Fact]
    public void Costs_of_two_currencies_are_not_added_up()
    {
        var state = new ReportState { Domain = "a.example", Report = OverviewReport.Page, Metric = "visitors" };
        AdCost[] costs = [Cost("a", 1, "EUR"), Cost("A", 2, "EUR"), Cost("b", 4, "EUR"), Cost("a", 100, "USD")];
        var spending = Spending.Of(costs, state, CampaignLevel.Find("campaign"));
        Assert.Equal("EUR", spending.Currency);
        Assert.Equal(["USD"], spending.OtherCurrencies);
        Assert.Equal(3, spending.Rows["a"].Cost);
        Assert.Equal(4, spending.Rows["b"].Cost);
    }

    [Fact]
    public void Costs_are_not_told_where_they_are_not_known()
    {
        var state = new ReportState { Domain = "a.example", Report = OverviewReport.Page, Metric = "visitors" };
        AdCost[] costs = [Cost("a", 1, "EUR"), Cost("b", 2, "EUR")];
        Assert.False(Spending.Of(costs, state, CampaignLevel.Find("term")).Told);
        Assert.False(Spending.Of(costs, state.With(FilterChip.Is("visit:country", "DE")), CampaignLevel.Find("campaign")).Told);
        var filtered = Spending.Of(costs, state.With(FilterChip.Is("visit:utm_campaign", "b")), CampaignLevel.Find("source"));
        Assert.True(filtered.Told);
        Assert.Equal(2, filtered.Rows[""].Cost);
    }

    static AdCost Cost(string campaign, decimal cost, string currency) => new()
    {
        Id = Guid.NewGuid(), TenantId = Guid.Empty, SiteId = 1, Day = new(2026, 11, 1), Source = "", Medium = "", Campaign = campaign, Content = "", Currency = currency, Cost = cost, ImportedAt = DateTime.UnixEpoch,
    };
}
