namespace SaaS.Analytics.Portal.Api;

static class ApiSetup
{
    public static void AddApi(this WebApplicationBuilder builder) => builder.Services.AddScoped<KeyedSites>();
}
