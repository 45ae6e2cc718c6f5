// Programs of pages change the current folder and the console's output, which belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
