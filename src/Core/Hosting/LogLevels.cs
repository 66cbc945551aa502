using Microsoft.Extensions.Hosting;

namespace SaaS.Analytics.Hosting;

public static class LogLevels
{
    static readonly string[] Talkative = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore"];

    /// <summary>
    /// Leaves out what the frameworks say of every request and statement, unless <c>Logging:LogLevel</c> names them: at
    /// thousands a second that costs more than the requests themselves.
    /// </summary>
    public static IHostApplicationBuilder QuietFrameworks(this IHostApplicationBuilder builder)
    {
        foreach (var category in Talkative) builder.Configuration[$"Logging:LogLevel:{category}"] ??= "Warning";
        return builder;
    }
}
