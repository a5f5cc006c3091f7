import{a}from"./chunk-7BNKHJOY.js";import"./chunk-LM62WY7W.js";import"./chunk-E25NNS4N.js";export{a as Relations};
