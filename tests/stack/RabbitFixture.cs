using Xunit;

namespace SaaS.Analytics.Tests.Stack;

/// <summary>A fresh vhost; on <c>TEST_RABBIT</c> (amqp URL, used as it is) where that is set.</summary>
public sealed class RabbitFixture : IAsyncLifetime
{
    public string Url { get; private set; } = "";

    public async Task InitializeAsync() =>
        Url = Environment.GetEnvironmentVariable("TEST_RABBIT") ?? (await Servers.RabbitAsync()).NewVirtualHost();

    public Task DisposeAsync() => Task.CompletedTask;
}
