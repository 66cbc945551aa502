namespace SaaS.Analytics.Reports;

/// <summary>
/// How distinct values are counted where results are merged: exactly up to some 16,000 of them, beyond that by a sketch of
/// 2^19 registers, whose error is 0.14 % (one standard deviation).
/// </summary>
static class States
{
    const string Function = "uniqCombined64";
    const string Precision = "(19)";

    public const string Type = "AggregateFunction(uniqCombined64(19), UInt64)";

    public static string Of(string value, string where) => $"{Function}StateIf{Precision}({value}, {where})";

    public static string Merged(string column) => $"{Function}Merge{Precision}({column})";

    public static string Kept(string column) => $"{Function}MergeState{Precision}({column})";

    public static string Nothing => Of("toUInt64(0)", "0");
}
