using SaaS.Analytics.Hosting;
using SaaS.Analytics.Workers;

var builder = WebApplication.CreateBuilder(args);
builder.QuietFrameworks();
builder.AddWorkers();
builder.AddBus();
builder.Services.AddHealthChecks();

var app = builder.Build();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
await app.RunAsync();
