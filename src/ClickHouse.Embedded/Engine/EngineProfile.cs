namespace SaaS.Analytics.EmbeddedClickHouse.Engine;

/// <summary>
/// Settings for one small machine. ClickHouse's defaults expect a server of its own: caches of gigabytes, dozens
/// of background threads, memory bookkeeping twenty times a second. The embedded engine writes no system log
/// tables by itself.
/// </summary>
internal static class EngineProfile
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Query settings of every session: no single statement may starve the inserts.</summary>
    public static IReadOnlyList<string> Session(int? memoryMegabytes) => [$"--max_memory_usage={Memory(memoryMegabytes) / 4 * 3}"];

    /// <summary>Server settings. The engine counts its memory; what the process keeps resident may exceed the cap for moments.</summary>
    public static IReadOnlyList<string> Server(int? memoryMegabytes) =>
        [
            $"--max_server_memory_usage={Memory(memoryMegabytes)}",
            "--memory_worker_period_ms=100",
            $"--mark_cache_size={64 * Mebibyte}",
            $"--index_mark_cache_size={16 * Mebibyte}",
            $"--primary_index_cache_size={32 * Mebibyte}",
            "--uncompressed_cache_size=0",
            "--index_uncompressed_cache_size=0",
            "--mmap_cache_size=64",
            $"--query_condition_cache_size={8 * Mebibyte}",
            $"--compiled_expression_cache_size={16 * Mebibyte}",
            $"--text_index_tokens_cache_size={8 * Mebibyte}",
            $"--text_index_header_cache_size={8 * Mebibyte}",
            $"--text_index_postings_cache_size={16 * Mebibyte}",
            "--background_pool_size=2",
            "--background_schedule_pool_size=4",
            "--background_common_pool_size=2",
            "--background_move_pool_size=1",
            "--background_fetches_pool_size=1",
            "--background_buffer_flush_schedule_pool_size=1",
            "--background_message_broker_schedule_pool_size=1",
            "--background_distributed_schedule_pool_size=1",
            "--max_thread_pool_free_size=8",
            "--max_io_thread_pool_size=16",
            "--max_io_thread_pool_free_size=0",
        ];

    private static long Memory(int? megabytes) => megabytes * Mebibyte ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
}
