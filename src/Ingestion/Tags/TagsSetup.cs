namespace SaaS.Analytics.Ingestion.Tags;

static class TagsSetup
{
    public static void AddTags(this IServiceCollection services) => services
        .AddSingleton<VersionReader>().AddSingleton<VersionFiles>().AddSingleton<PublishedTags>().AddSingleton<TagScripts>()
        .AddSingleton<PreviewMirror>().AddSingleton<PreviewEndpoint>()
        .AddSingleton<TagReports>().AddSingleton<TagReportEndpoint>().AddHostedService<TagReportWriter>();
}
