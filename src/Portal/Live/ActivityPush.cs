using MassTransit;
using Microsoft.AspNetCore.SignalR;
using SaaS.Analytics.Pipeline;

namespace SaaS.Analytics.Portal.Live;

/// <summary>Hands what the workers say of a site to the browsers that watch it here.</summary>
sealed class ActivityPush(IHubContext<LiveHub> hub) : IConsumer<SiteActivity>
{
    public Task Consume(ConsumeContext<SiteActivity> context) => hub.Clients.Group(LiveHub.Group(context.Message.SiteId))
        .SendAsync("activity", context.Message.ActiveVisitors, context.Message.Events, context.CancellationToken);
}
