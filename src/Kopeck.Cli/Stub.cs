using Kopeck.Cli.Settings;
namespace Kopeck.Cli.Commands { static class DemoCommand { public static Task<int> RunAsync(ProgramSettings settings, int seed) => Task.FromResult(0); } }
