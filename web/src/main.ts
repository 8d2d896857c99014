import { mount } from 'svelte';
import App from './shell/App.svelte';
import './style/tokens.css';
import './style/base.css';
import './style/print.css';

const page = document.getElementById('page');
if (page) mount(App, { target: page });
