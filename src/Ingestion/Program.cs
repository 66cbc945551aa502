using MassTransit;
using SaaS.Analytics.Hosting;
using SaaS.Analytics.Ingestion;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(CollectorLimits.Apply);
builder.QuietFrameworks();
builder.AddIngestion();
builder.AddBus();
// Events are taken whether or not the broker is there: chunks wait in the spool.
builder.Services.PostConfigure<MassTransitHostOptions>(o => o.WaitUntilStarted = false);

var app = builder.Build();
app.UseIngestion();
await app.RunAsync();
