using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kopeck.Embedded;

/// <summary>Adds the ledger to a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="KopeckLedger"/> for the whole process. It is opened when it is first asked for, logs to the container's logging
    /// unless the options name another, and is closed with the container.
    /// </summary>
    /// <param name="path">The file, or <c>:memory:</c>.</param>
    /// <param name="options">The book, its base currency and more.</param>
    public static IServiceCollection AddKopeckLedger(this IServiceCollection services, string path, LedgerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return services.AddSingleton(provider => Open(path, options ?? new LedgerOptions(), provider));
    }

    // Containers do not wait for what they make.
    static KopeckLedger Open(string path, LedgerOptions options, IServiceProvider provider)
    {
        if (options.Logging is NullLoggerFactory && provider.GetService<ILoggerFactory>() is { } logging)
            options = options with { Logging = logging };
        return Task.Run(() => KopeckLedger.OpenAsync(path, options)).GetAwaiter().GetResult();
    }
}
