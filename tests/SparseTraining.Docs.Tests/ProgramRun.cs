using System.Reflection;
using System.Runtime.Loader;

namespace Docs.Tests;

/// <summary>Runs a compiled program in this process, in an empty folder, and returns what it printed.</summary>
internal static class ProgramRun
{
    public static string Run(byte[] assembly)
    {
        TextWriter console = Console.Out;
        string home = Environment.CurrentDirectory;
        using var printed = new StringWriter();
        string folder = Directory.CreateTempSubdirectory("SparseTraining.Docs").FullName;
        var context = new AssemblyLoadContext("program of a page", isCollectible: true);
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(TextWriter.Synchronized(printed));
            using var stream = new MemoryStream(assembly);
            MethodInfo main = context.LoadFromStream(stream).EntryPoint!;
            object[] arguments = main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()];
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            return printed.ToString();
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = home;
            context.Unload();
            Directory.Delete(folder, recursive: true);
        }
    }
}
