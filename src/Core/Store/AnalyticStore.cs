namespace SaaS.Analytics.Store;

/// <summary>The tables the pipeline writes.</summary>
public sealed record AnalyticStore(EventStore Events, VisitStore Visits, VisitorStore Visitors, LedgerStore Ledger);
