using SaaS.Analytics.Standalone;

return await StandaloneCommand.RunAsync(args);
