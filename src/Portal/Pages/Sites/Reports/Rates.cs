namespace SaaS.Analytics.Portal.Pages.Sites.Reports;

/// <summary>Ratios of what different sources count; null where there is nothing to divide by.</summary>
static class Rates
{
    /// <summary>Conversion rate: converters of all visitors.</summary>
    public static double? Percent(double part, double whole) => whole == 0 ? null : 100 * part / whole;

    /// <summary>Cost per click.</summary>
    public static double? CostPerClick(double? cost, double? clicks) => Ratio(cost, clicks);

    /// <summary>Cost per acquisition: of one converter.</summary>
    public static double? CostPerAcquisition(double? cost, double? converters) => Ratio(cost, converters);

    /// <summary>Return on ad spend: revenue for each unit of cost.</summary>
    public static double? ReturnOnSpend(double? revenue, double? cost) => Ratio(revenue, cost);

    static double? Ratio(double? above, double? below) => above is null || below is null or 0 ? null : above / below;
}
