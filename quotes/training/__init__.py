"""How `quotes/pipeline/model` was made: read the corpora, train, quantise, package, evaluate.

Nothing here is imported at run time. `python -m quotes.training --help` lists the steps; they need the
extra `train` (`pip install 'quotes[train]'`) and a folder of corpora, laid out as `corpora.py` says.
"""
