/* A site built without its address shows a stand-in for it in commands: here it becomes the address at
   which the page is read, from disk too. */
"use strict";
{
  const { address } = JSON.parse(document.currentScript.dataset.words);
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(address, __md_scope.href);
}
