"""Group visits (عروس و همراهان): several customers under one file, with trial, deposits, tasks and a day plan."""
