using SaaS.Analytics.EmbeddedClickHouse;

return await EmbeddedProcess.RunAsync(args);
