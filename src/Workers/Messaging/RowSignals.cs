using Microsoft.Extensions.Options;
using SaaS.Analytics.Hosting;

namespace SaaS.Analytics.Workers.Messaging;

/// <summary>PostgreSQL's notifications of changed rows, by channel.</summary>
public sealed class RowSignals(IOptions<PostgresSettings> settings, TimeProvider clock)
{
    public RowSignal On(string channel) => new(settings.Value.System, channel, clock);
}
