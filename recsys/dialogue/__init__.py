"""Conversations: what to ask next, what an answer would do, and remarks about an item of the list.

A question is asked for what it is expected to tell (expected information gain, Lindley 1956), and
promises how much of the list its answer would change. An answer only adds to the Query: what is
said stays words, what is chosen becomes a like, so that every list still explains itself.
"""
