namespace SaaS.Analytics.Reports;

/// <summary>ClickHouse's errors that say a statement is too much, as what to do about it.</summary>
static class LimitErrors
{
    const int TooManyRows = 158;
    const int TimeOut = 159;
    const int TooSlow = 160;
    const int Memory = 241;
    const string Smaller = "Ask for a shorter range, fewer dimensions, or leave out \"exact\".";

    /// <returns>Null for every other error.</returns>
    public static ReportLimitException? Of(int errorCode, ReportLimits limits) => errorCode switch
    {
        TimeOut or TooSlow => new($"The query takes longer than {limits.Seconds} seconds. {Smaller}", later: false),
        TooManyRows => new($"The query reads more than {limits.Rows} rows. {Smaller}", later: false),
        Memory => new($"The query needs more than {limits.MemoryBytes >> 20} MB of memory. {Smaller}", later: false),
        _ => null,
    };
}
