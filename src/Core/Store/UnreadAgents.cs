using ClickHouse.Driver;
using static SaaS.Analytics.Store.StoreQuery;

namespace SaaS.Analytics.Store;

/// <summary>Stored events that are alike in what their user agent, still to be read, will change.</summary>
/// <param name="Month">Their month partition.</param>
/// <param name="Key">Names their kind within the month; another one as soon as they are corrected.</param>
/// <param name="Row">Only what the user agent decides is filled in.</param>
public sealed record UnreadAgent(string Month, ulong Key, EventRow Row);

/// <summary>Reads and corrects the events of <see cref="EventRow.UserAgent"/>s that were not read before they were stored.</summary>
public sealed class UnreadAgents(ClickHouseClient client)
{
    const int PerStatement = 200;

    /// <summary>Hash of all that a late reading looks at: what is corrected has another one.</summary>
    const string Key =
        "sipHash64(user_agent, browser, browser_version, os, os_version, device_type, device_brand, device_model, screen, bot_score, bot_name, bot_reasons)";

    static readonly (string Name, Func<EventRow, string> Value)[] Texts =
    [
        ("browser", r => r.Browser), ("browser_version", r => r.BrowserVersion), ("os", r => r.Os), ("os_version", r => r.OsVersion),
        ("device_type", r => r.DeviceType), ("device_brand", r => r.DeviceBrand), ("device_model", r => r.DeviceModel),
        ("bot_name", r => r.BotName), ("bot_reasons", r => r.BotReasons),
    ];

    /// <summary>Those that wait, in an order that a correction does not change.</summary>
    /// <param name="sites">Sites looked at.</param>
    /// <param name="since">Earliest receipt looked at, UTC.</param>
    /// <param name="count">At most.</param>
    /// <param name="cancel">Ends the query.</param>
    public Task<List<UnreadAgent>> NextAsync(IReadOnlyCollection<int> sites, DateTime since, int count, CancellationToken cancel) =>
        sites.Count == 0 ? Task.FromResult<List<UnreadAgent>>([]) : client.RowsAsync(
            $"""
             SELECT toString(toYYYYMM(timestamp)) AS month, {Key} AS key, any(user_agent), any(browser), any(browser_version), any(os), any(os_version),
                 any(device_type), any(device_brand), any(device_model), any(screen), any(bot_score), any(bot_name), any(bot_reasons)
             FROM events WHERE {Unread(sites, since)} GROUP BY month, key ORDER BY any(user_agent), month, key LIMIT {count}
             """, Read, cancel);

    /// <summary>Visitors with such events, and from when to when they had them.</summary>
    public Task<List<(int SiteId, ulong VisitorId, DateTime First, DateTime Last)>> VisitorsAsync(
        IReadOnlyCollection<int> sites, DateTime since, IEnumerable<UnreadAgent> agents, CancellationToken cancel) => client.RowsAsync(
            $"""
             SELECT site_id, visitor_id, min(timestamp), max(timestamp) FROM events
             WHERE {Unread(sites, since)} AND {Key} IN {List(agents.Select(a => a.Key).Distinct())} GROUP BY site_id, visitor_id
             """, r => ((int)r.UInt32(), r.UInt64(), r.Time(), r.Time()), cancel);

    /// <summary>Gives events what their user agent tells; ends when reports see it. Doing it again changes nothing.</summary>
    /// <param name="sites">Sites looked at.</param>
    /// <param name="since">Earliest receipt looked at, UTC.</param>
    /// <param name="agents">Which, and as they must be.</param>
    /// <param name="cancel">Ends the wait, not the change.</param>
    public async Task CorrectAsync(IReadOnlyCollection<int> sites, DateTime since, IEnumerable<UnreadAgent> agents, CancellationToken cancel)
    {
        foreach (var month in agents.GroupBy(a => a.Month))
            foreach (var part in month.Chunk(PerStatement))
                await client.ExecuteNonQueryAsync(
                    $"""
                     ALTER TABLE events UPDATE {Changes(part)} IN PARTITION ID '{month.Key}'
                     WHERE {Unread(sites, since)} AND {Key} IN {List(part.Select(a => a.Key))} SETTINGS mutations_sync = 1
                     """, cancellationToken: cancel);
    }

    /// <summary>Lets go of user agents that were read.</summary>
    /// <param name="sites">Sites looked at.</param>
    /// <param name="since">Earliest receipt looked at, UTC.</param>
    /// <param name="agents">Corrected ones.</param>
    /// <param name="note">The note that goes with them.</param>
    /// <param name="cancel">Ends the wait, not the change.</param>
    public async Task ForgetAsync(
        IReadOnlyCollection<int> sites, DateTime since, IEnumerable<UnreadAgent> agents, string note, CancellationToken cancel)
    {
        foreach (var month in agents.GroupBy(a => a.Month))
            await client.ExecuteNonQueryAsync(
                $"""
                 ALTER TABLE events UPDATE user_agent = '',
                     notes = arrayStringConcat(arrayFilter(n -> n != {Literal(note)}, splitByChar(',', toString(notes))), ',')
                 IN PARTITION ID '{month.Key}'
                 WHERE {Unread(sites, since)} AND {Key} IN {List(month.Select(a => a.Key))} SETTINGS mutations_sync = 1
                 """, cancellationToken: cancel);
    }

    /// <summary>Greater and not unequal: the index of the column passes over what has none.</summary>
    static string Unread(IEnumerable<int> sites, DateTime since) =>
        $"{EventColumns.Counts} AND site_id IN {List(sites)} AND received_at >= {Literal(since)} AND user_agent > ''";

    static string Changes(IReadOnlyCollection<UnreadAgent> agents)
    {
        var keys = $"[{string.Join(',', agents.Select(a => a.Key))}]";
        var texts = Texts.Select(t => $"{t.Name} = transform({Key}, {keys}, [{string.Join(',', agents.Select(a => Literal(t.Value(a.Row))))}], toString({t.Name}))");
        return string.Join(", ", texts.Append($"bot_score = transform({Key}, {keys}, [{string.Join(',', agents.Select(a => a.Row.BotScore))}], bot_score)"));
    }

    static UnreadAgent Read(RowReader r) => new(r.Text(), r.UInt64(), new EventRow
    {
        SiteId = 0, EventId = default, Timestamp = default, ClientTimestamp = default, ReceivedAt = default, ChunkId = default, ChunkIndex = 0, Name = "",
        UserAgent = r.Text(), Browser = r.Text(), BrowserVersion = r.Text(), Os = r.Text(), OsVersion = r.Text(), DeviceType = r.Text(),
        DeviceBrand = r.Text(), DeviceModel = r.Text(), Screen = r.Text(), BotScore = r.Byte(), BotName = r.Text(), BotReasons = r.Text(),
    });
}
