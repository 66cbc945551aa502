using SaaS.Analytics.Migrations;

return await MigrationCommands.RunAsync(args);
