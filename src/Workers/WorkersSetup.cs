using SaaS.Analytics.Hosting;
using SaaS.Analytics.Workers.Alerts;
using SaaS.Analytics.Workers.Chunks;
using SaaS.Analytics.Workers.Jobs;
using SaaS.Analytics.Workers.Live;
using SaaS.Analytics.Workers.Mail;
using SaaS.Analytics.Workers.Messaging;
using SaaS.Analytics.Workers.Operator;
using SaaS.Analytics.Workers.Replay;
using SaaS.Analytics.Workers.ReportMails;
using SaaS.Analytics.Workers.Repairs;
using SaaS.Analytics.Workers.Rollups;
using SaaS.Analytics.Workers.Sites;

namespace SaaS.Analytics.Workers;

public static class WorkersSetup
{
    /// <summary>Storing of chunks, live numbers, mails, jobs. <c>AddBus</c> comes after it.</summary>
    public static WebApplicationBuilder AddWorkers(this WebApplicationBuilder builder)
    {
        builder.AddDatabase();
        builder.AddReports();
        builder.Services.AddSingleton<RowSignals>();
        builder.AddSiteCatalog();
        builder.AddLiveBoard();
        builder.AddMailSending();
        builder.AddAlerts();
        builder.AddChunks();
        builder.AddReplay();
        builder.Services.AddSingleton<ReplaySender>().AddHostedService<ReplayLoop>();
        builder.AddOperatorAlerts();
        builder.AddVisitRepairs();
        builder.AddRollups();
        builder.Services.AddScoped<DueReportMails>();
        builder.AddJobs();
        return builder;
    }
}
