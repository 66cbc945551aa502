using SaaS.Analytics.Hosting;
using SaaS.Analytics.Portal;

var builder = WebApplication.CreateBuilder(args);
builder.AddPortal();
builder.AddBus();
builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("postgres", tags: ["ready"]);

var app = builder.Build();
app.UsePortal();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains("ready") });
await app.RunAsync();
