using MassTransit;
using Microsoft.AspNetCore.SignalR;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Portal.Live;

/// <summary>Hands what a preview saw to the browsers that watch it here.</summary>
sealed class PreviewPush(IHubContext<LiveHub> hub) : IConsumer<PreviewSeen>
{
    public Task Consume(ConsumeContext<PreviewSeen> context) => hub.Clients.Group(LiveHub.Preview(context.Message.SiteId, context.Message.Session))
        .SendAsync("preview", context.Message.Moments, context.CancellationToken);
}
