using SaaS.Analytics.Hosting;
using SaaS.Analytics.Mail;

namespace SaaS.Analytics.Workers.Mail;

static class MailSetup
{
    public static IHostApplicationBuilder AddMailSending(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<MailSettings>(MailSettings.Section);
        builder.Services.AddSingleton<SmtpDelivery>().AddSingleton<OutboxSender>().AddSingleton<OutboxNotice>();
        builder.Services.AddHostedService<OutboxLoop>();
        return builder;
    }
}
