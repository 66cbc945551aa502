namespace SaaS.Analytics.Portal.Outbox;

static class OutboxSetup
{
    public static void AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<OutboxGate>();
        builder.Services.AddScoped<OutboxReader>();
    }
}
