using Microsoft.Extensions.Primitives;
using SaaS.Analytics.EmbeddedClickHouse.Engine;

namespace SaaS.Analytics.EmbeddedClickHouse.Http;

/// <summary>What a request asks for besides its body: ClickHouse's reserved keys, parameters, and settings for this one statement.</summary>
internal sealed class StatementRequest
{
    private const string DefaultFormatName = "TabSeparated";
    private readonly Dictionary<string, string> _parameters = [];
    private readonly Dictionary<string, string> _settings = [];

    private StatementRequest(HttpRequest request)
    {
        Database = request.Headers["X-ClickHouse-Database"].ToString();
        DefaultFormat = request.Headers["X-ClickHouse-Format"].ToString() is { Length: > 0 } format ? format : DefaultFormatName;
        foreach (var (key, values) in request.Query)
            Add(key, values);
        if (HttpMethods.IsGet(request.Method))
            _settings["readonly"] = "2";
    }

    /// <summary>Also marks the running statement inside the engine.</summary>
    public string Mark { get; } = Guid.NewGuid().ToString("N");
    public string QueryId { get; private set; } = Guid.NewGuid().ToString();
    public string Query { get; private set; } = "";
    public string Database { get; private set; }
    public string DefaultFormat { get; private set; }
    public bool MayCompress { get; private set; }
    public string TimeZone => _settings.GetValueOrDefault("session_timezone", "UTC");
    public IReadOnlyCollection<KeyValuePair<string, string>> Parameters => _parameters;

    /// <exception cref="EngineException">A key that this front does not serve.</exception>
    public static async Task<StatementRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var statement = new StatementRequest(request);
        if (!IsForm(request))
            return statement;
        foreach (var (key, values) in await request.ReadFormAsync(cancellationToken))
            statement.Add(key, values);
        return statement;
    }

    /// <summary>Prepares a fresh session; the mark goes in last.</summary>
    /// <exception cref="EngineException">Unknown database or setting, or a value that does not fit.</exception>
    public void Prepare(EngineConnection connection)
    {
        if (Database.Length > 0)
            connection.Execute($"USE {SqlText.QuoteName(Database)}");
        var comment = _settings.TryGetValue("log_comment", out var given) ? $"{given} {Mark}" : Mark;
        var settings = _settings.Where(setting => setting.Key is not ("log_comment" or "readonly"))
            .Append(new("log_comment", comment))
            .Concat(_settings.Where(setting => setting.Key == "readonly"));
        connection.Execute("SET " + string.Join(", ", settings.Select(setting => $"{SqlText.QuoteName(setting.Key)} = {SqlText.Quote(setting.Value)}")));
    }

    /// <summary>Statements sent as a form; a body merely labelled as URL-encoded, as curl does, is a statement.</summary>
    public static bool IsForm(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    private void Add(string key, StringValues values)
    {
        var value = values.ToString();
        if (key.StartsWith("param_", StringComparison.Ordinal))
            _parameters[key["param_".Length..]] = value;
        else if (!AddReserved(key, value))
            _settings[key] = value;
    }

    private bool AddReserved(string key, string value)
    {
        switch (key)
        {
            case "query": Query = value; return true;
            case "database": Database = value; return true;
            case "default_format": DefaultFormat = value; return true;
            case "query_id": QueryId = value; return true;
            case "enable_http_compression": MayCompress = value is "1" or "true"; return true;
            case "user" or "password" or "quota_key" or "stacktrace" or "buffer_size" or "wait_end_of_query": return true;
            case "session_id" or "session_timeout" or "session_check" or "role" or "compress" or "decompress":
                throw new EngineException(48, "NOT_IMPLEMENTED", $"The embedded ClickHouse does not serve '{key}'.");
            default: return false;
        }
    }
}
