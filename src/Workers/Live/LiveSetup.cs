namespace SaaS.Analytics.Workers.Live;

static class LiveSetup
{
    public static IHostApplicationBuilder AddLiveBoard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LiveBoard>().AddHostedService<LiveLoop>();
        return builder;
    }
}
