namespace SaaS.Analytics.Portal.Tags;

static class TagsSetup
{
    public static void AddTags(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<TagDrafts>();
        builder.Services.AddScoped<TagPublishing>();
        builder.Services.AddScoped<TagStops>();
        builder.Services.AddScoped<TagNumbers>();
        builder.Services.AddScoped<TagTransfer>();
        builder.Services.AddScoped<PreviewLinks>();
    }
}
