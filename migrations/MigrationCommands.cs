namespace SaaS.Analytics.Migrations;

/// <summary><c>up</c> applies everything, <c>status</c> lists what is pending. Seeds come with the features that need them.</summary>
static class MigrationCommands
{
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["up"] => await UpAsync(MigrationSettings.FromEnvironment()),
                ["status"] => await StatusAsync(MigrationSettings.FromEnvironment()),
                _ => Usage(),
            };
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    static async Task<int> UpAsync(MigrationSettings settings)
    {
        await PostgresMigrator.UpAsync(settings);
        await ClickHouseMigrator.UpAsync(settings);
        Console.WriteLine("Both databases are up to date.");
        return 0;
    }

    static async Task<int> StatusAsync(MigrationSettings settings)
    {
        string[] pending = [.. await PostgresMigrator.PendingAsync(settings), .. await ClickHouseMigrator.PendingAsync(settings)];
        Console.WriteLine(pending.Length == 0 ? "Nothing is pending." : string.Join('\n', pending));
        return pending.Length == 0 ? 0 : 1;
    }

    static int Usage()
    {
        Console.Error.WriteLine("Usage: migrations up | status");
        return 2;
    }
}
